/* Formatted text: puts the editor of django-prose-editor over each area that asks for it.

   Without this script the area stays what it is, and what is typed there is kept. The editor
   writes into its area whatever changes, as HTML, and the area says so as if somebody had typed. */
const AREA = "textarea[data-rich-text]";
const BLOCK = /<(p|h[1-6]|ul|ol|table|blockquote|div)[\s>]/;
const editors = new WeakMap();
let tools;

/* --- what the editor is made of ----------------------------------------------------------- */

async function load() {
  // the one word that its dialog takes from Django's catalogue
  window.gettext ??= word => ({ Cancel: "Abbrechen" })[word] ?? word;
  const kit = await import(document.getElementById("rich-text").dataset.editor);
  const href = { type: "string", title: "Adresse, zum Beispiel https://…", required: true };
  const ask = kit.updateAttrsDialog({ href }, { title: "Link", submitText: "Übernehmen" });
  const Link = kit.Link.extend({
    addKeyboardShortcuts: () => ({ "Mod-k": ({ editor }) => link(editor, ask) }),
  });
  const extensions = [
    ...["Document", "Paragraph", "Text", "HardBreak", "Bold", "Italic", "Underline", "Strike"],
    ...["Subscript", "Superscript", "Blockquote", "BulletList", "ListItem"],
    ...["TableRow", "TableHeader", "TableCell", "History", "Dropcursor", "Gapcursor"],
  ].map(name => kit[name]).concat([
    kit.Heading.configure({ levels: [3, 4] }),
    kit.OrderedList.configure({ enableListAttributes: false }),
    kit.Table.configure({ resizable: false }),
    Link.configure({
      enableTarget: false, autolink: false, linkOnPaste: true, openOnClick: false,
      protocols: ["http", "https", "mailto"], HTMLAttributes: { target: null, rel: null },
    }),
  ]);
  return { Editor: kit.Editor, extensions, ask };
}

async function link(editor, ask) {
  if (editor.state.selection.empty && !editor.isActive("link")) return;
  const answer = ask(editor, editor.getAttributes("link"));
  const dialog = editor.view.dom.parentElement.querySelector("dialog");
  dialog.setAttribute("aria-label", "Link");
  dialog.addEventListener("input", event => event.stopPropagation());
  const typed = (await answer)?.href.trim();
  if (!typed) return;
  const address = /^(https?:|mailto:)/i.test(typed) ? typed : `https://${typed}`;
  editor.chain().focus().extendMarkRange("link").setLink({ href: address }).run();
}

/* --- the toolbar: one stop for the Tab key, arrows within --------------------------------- */

const inTable = editor => editor.isActive("table");
const inLink = editor => editor.isActive("link");
const inList = editor => editor.isActive("listItem");
const BUTTONS = [
  [
    ["Überschrift", "Ü", c => c.toggleHeading({ level: 3 }), ["heading", { level: 3 }]],
    ["Zwischenüberschrift", "ü", c => c.toggleHeading({ level: 4 }), ["heading", { level: 4 }]],
  ],
  [
    ["Fett", "F", c => c.toggleBold(), ["bold"]],
    ["Kursiv", "K", c => c.toggleItalic(), ["italic"]],
    ["Unterstrichen", "U", c => c.toggleUnderline(), ["underline"]],
  ],
  [
    ["Aufzählung", "•–", c => c.toggleBulletList(), ["bulletList"]],
    ["Nummerierung", "1.", c => c.toggleOrderedList(), ["orderedList"]],
    ["Liste einrücken", "→", c => c.sinkListItem("listItem"), null, inList],
    ["Liste ausrücken", "←", c => c.liftListItem("listItem"), null, inList],
  ],
  [
    ["Link", "Link", null, ["link"]],
    ["Link entfernen", "Link ✕", c => c.extendMarkRange("link").unsetLink(), null, inLink],
  ],
  [
    ["Tabelle einfügen", "Tabelle", c => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
      null, editor => !inTable(editor)],
    ["Zeile darunter einfügen", "+ Zeile", c => c.addRowAfter(), null, inTable],
    ["Spalte rechts einfügen", "+ Spalte", c => c.addColumnAfter(), null, inTable],
    ["Zeile löschen", "− Zeile", c => c.deleteRow(), null, inTable],
    ["Spalte löschen", "− Spalte", c => c.deleteColumn(), null, inTable],
    ["Kopfzelle", "Kopfzelle", c => c.toggleHeaderCell(), ["tableHeader"], inTable],
    ["Tabelle löschen", "Tabelle ✕", c => c.deleteTable(), null, inTable],
  ],
  [
    ["Rückgängig", "↶", c => c.undo(), null],
    ["Wiederholen", "↷", c => c.redo(), null],
  ],
];

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function toolbar(editor, name) {
  const bar = element("div", {
    class: "vl-toolbar", role: "toolbar", "aria-label": `Formatierung: ${name}`,
  });
  const items = BUTTONS.flatMap(group => {
    const box = element("div", { class: "vl-toolbar__group" });
    bar.append(box);
    return group.map(([label, sign, command, active, shown]) => {
      const button = element("button", {
        type: "button", class: "vl-tool", tabindex: "-1", title: label, "aria-label": label,
        "data-tool": label, "data-sign": sign,
      });
      button.addEventListener("click", () => {
        if (command) command(editor.chain().focus()).run();
        else link(editor, tools.ask);
      });
      box.append(button);
      return { button, active, shown };
    });
  });
  const visible = () => items.map(item => item.button).filter(button => !button.hidden);
  const stop = button => {
    for (const { button: other } of items) other.tabIndex = other === button ? 0 : -1;
  };
  const show = () => {
    for (const { button, active, shown } of items) {
      if (active) button.setAttribute("aria-pressed", String(editor.isActive(...active)));
      if (shown) button.hidden = !shown(editor);
    }
    if (!visible().some(button => button.tabIndex === 0)) stop(visible()[0]);
  };
  bar.addEventListener("keydown", event => {
    const all = visible();
    const here = all.indexOf(document.activeElement);
    const there = {
      ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1,
    }[event.key];
    if (there === undefined) return;
    event.preventDefault();
    const next = all[(there + all.length) % all.length];
    stop(next);
    next.focus();
  });
  bar.addEventListener("focusin", event => stop(event.target));
  editor.on("transaction", show);
  show();
  return bar;
}

/* --- Word: its lists are paragraphs with a mark in front ----------------------------------- */

const MARKS = [
  ["strong", /font-weight:\s*(bold|[6-9]00)/],
  ["em", /font-style:\s*italic/],
  ["u", /text-decoration[^;]*underline/],
];
const styleOf = node => node.dataset.style ?? "";

/* the policy refuses styles even in a page that nobody sees: they travel under another name */
function parsed(html) {
  const quiet = html.replace(/<style[^]*?<\/style>/gi, "")
    .replace(/<[^>]*>/g, tag => tag.replace(/\sstyle\s*=/gi, " data-style="));
  return new DOMParser().parseFromString(quiet, "text/html");
}

function fromWord(html) {
  const page = parsed(html);
  for (const heading of page.querySelectorAll("h1, h2, h5, h6")) {
    const level = element(heading.tagName < "H3" ? "h3" : "h4", {});
    level.append(...heading.childNodes);
    heading.replaceWith(level);
  }
  let open = []; // the lists that the next item may belong to, by their level
  let before = null;
  for (const line of [...page.querySelectorAll("p, h3, h4, table")]) {
    const level = /mso-list:[^;"]*level(\d+)/.exec(styleOf(line))?.[1];
    if (!level || line.tagName !== "P") {
      if (!line.closest("td, th")) open = [];
      continue;
    }
    if (before && line.previousElementSibling !== before) open = [];
    const mark = [...line.querySelectorAll("span")].find(
      span => /mso-list:\s*ignore/i.test(styleOf(span)));
    const sign = mark?.textContent.trim() ?? "";
    mark?.remove();
    const tag = /^\(?[0-9a-zA-Z]{1,4}[.)]$/.test(sign) && sign !== "o" ? "ol" : "ul";
    open.length = Math.min(open.length, Number(level));
    while (open.length < Number(level)) {
      const list = element(tag, {});
      if (tag === "ol" && Number.parseInt(sign, 10) > 1) list.setAttribute("start", parseInt(sign, 10));
      const parent = open.at(-1);
      if (!parent) line.before(list);
      else (parent.lastElementChild ?? parent.appendChild(element("li", {}))).append(list);
      open.push(list);
    }
    const paragraph = element("p", {});
    paragraph.append(...line.childNodes);
    open.at(-1).append(element("li", {}, paragraph));
    before = open[0];
    line.remove();
  }
  for (const node of page.querySelectorAll("b, span")) {
    if (node.tagName === "B" && !/font-weight:\s*(normal|400)/.test(styleOf(node))) continue;
    let place = element("span", {});
    node.replaceWith(place);
    for (const [tag, look] of MARKS) {
      if (look.test(styleOf(node))) place = place.appendChild(element(tag, {}));
    }
    place.append(...node.childNodes);
  }
  return page.body.innerHTML;
}

/* --- putting it over an area --------------------------------------------------------------- */

/* plain lines, typed where the editor did not run */
function asHtml(text) {
  if (!text.trim() || BLOCK.test(text)) return text;
  return text.split(/\n+/).map(line => element("p", {}, line).outerHTML).join("");
}

function named(area) {
  const label = document.querySelector(`label[for="${CSS.escape(area.id)}"]`);
  if (label && !label.id) label.id = `${area.id}_label`;
  return label;
}

function mount(area) {
  if (editors.has(area) || area.disabled) return;
  const label = named(area);
  const copied = ["aria-describedby", "aria-invalid"].filter(name => area.hasAttribute(name));
  const box = element("div", { class: "vl-rich" });
  const editor = new tools.Editor({
    element: box,
    extensions: tools.extensions,
    content: asHtml(area.value),
    injectCSS: false, // stands in editor.css: the policy lets no script write styles
    editorProps: {
      attributes: {
        class: `vl-rich__text vl-text ${area.className}`,
        id: `${area.id}_editor`,
        role: "textbox", "aria-multiline": "true", lang: "de", spellcheck: "true",
        ...(label ? { "aria-labelledby": label.id } : {}),
        ...(area.required ? { "aria-required": "true" } : {}),
        ...Object.fromEntries(copied.map(name => [name, area.getAttribute(name)])),
      },
      handleKeyDown: (_, event) => {
        if (event.key !== "Escape") return false;
        box.querySelector(".vl-tool[tabindex='0']").focus();
        return true;
      },
      transformPastedHTML: fromWord,
    },
    onUpdate: () => {
      area.value = editor.isEmpty ? "" : editor.getHTML();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
    onBlur: () => area.dispatchEvent(new Event("change", { bubbles: true })),
  });
  editors.set(area, editor);
  box.style.setProperty("--vl-rows", area.rows);
  box.prepend(toolbar(editor, label?.firstChild.textContent.trim() ?? "Text"));
  area.before(box);
  area.required = false; // what is hidden cannot be asked for by the browser
  area.hidden = true;
  label?.addEventListener("click", () => editor.commands.focus());
}

/* only what somebody can see: a page may hold a hundred folded areas */
const seen = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    mount(target);
  }
}, { rootMargin: "400px" });

async function begin(place) {
  const areas = [...place.querySelectorAll(AREA)].filter(area => !editors.has(area));
  if (!areas.length) return;
  tools ??= await (loading ??= load());
  areas.forEach(area => seen.observe(area));
}

let loading;
begin(document);
document.addEventListener("htmx:load", event => begin(event.target.parentElement ?? document));
document.addEventListener("htmx:beforeCleanupElement", event => {
  editors.get(event.target)?.destroy();
});

/* an error message links to its area, which is hidden now */
document.addEventListener("click", event => {
  const id = event.target.closest?.("a[href^='#']")?.getAttribute("href").slice(1);
  const area = id && document.getElementById(id);
  if (!area || !editors.has(area)) return;
  event.preventDefault();
  editors.get(area).commands.focus();
});

/* the note beside the save buttons says it where nothing could be kept */
for (const trouble of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(trouble, event => {
    const note = event.target.id === "zwischenstand" && document.getElementById("gesichert");
    if (note) note.textContent = "Nicht gesichert: keine Verbindung. Bitte hier weiterschreiben; "
      + "mit der nächsten Änderung wird es wieder versucht.";
  });
}
