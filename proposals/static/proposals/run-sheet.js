/* "Sitzung durchführen": the keyboard, and what is typed while the connection is gone.

   Everything here works on forms that do the same without it. What nobody has saved yet is kept
   in this browser, for this person and this meeting only, until the server says it has it. */
(() => {
  "use strict";

  const sheet = document.getElementById("run-sheet");
  if (!sheet) return;
  const RETRY_AFTER = 4000;
  const PATIENCE = 15000;
  const FIELDS = "input:not([type=hidden]):not([type=submit]), textarea, select";
  const all = (selector, place = sheet) => [...place.querySelectorAll(selector)];
  const inputs = form => [...form.elements].filter(field => field.name && field.matches(FIELDS));
  const by = id => document.getElementById(id);

  /* --- drafts: one entry for each form that somebody has typed in ------------------------- */

  const MARK = "vorlagenlauf:";
  const SENT = `${MARK}sent`;
  const entry = form => `${MARK}${sheet.dataset.drafts}:${form.dataset.draft}`;
  const isPlain = field => field.type !== "checkbox" && field.type !== "radio";
  const typed = form => inputs(form).map(field => [
    field.name, isPlain(field) ? field.value : field.checked, field.value,
  ]);
  const isTouched = field => {
    if (field.tagName === "SELECT") {
      return all("option", field).some(option => option.selected !== option.defaultSelected);
    }
    return isPlain(field) ? field.value !== field.defaultValue : field.checked !== field.defaultChecked;
  };
  const hasDraft = form => inputs(form).some(isTouched);

  function store(name, value) {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch {
      /* a browser that keeps nothing: the page works as it does without drafts */
    }
  }

  function stored(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  }

  /* drafts of the person who is logged in only; none once he or she logs out */
  function forget(spared) {
    try {
      Object.keys(localStorage)
        .filter(name => name.startsWith(MARK) && !name.startsWith(spared))
        .forEach(name => localStorage.removeItem(name));
    } catch {
      /* nothing was kept */
    }
  }

  function keep(form) {
    store(entry(form), hasDraft(form) ? JSON.stringify(typed(form)) : null);
  }

  /* what a field shows may be newer than the draft: only what is still different comes back */
  function restore(form) {
    const draft = stored(entry(form));
    if (!draft || form.dataset.restored) return;
    form.dataset.restored = "1";
    for (const [name, value, option] of draft) {
      for (const field of inputs(form).filter(one => one.name === name)) {
        if (isPlain(field)) field.value = value;
        else if (field.value === option) field.checked = value;
      }
    }
    if (!hasDraft(form)) return store(entry(form), null);
    inputs(form).filter(isTouched).forEach(field => {
      field.closest("details")?.setAttribute("open", "");
    });
    say(form, "noch nicht gespeichert – aus diesem Browser wiederhergestellt");
    const first = form.querySelector("[name=result]");
    if (first) htmx.trigger(first, "input");
    if ("autosave" in form.dataset) htmx.trigger(form, "vl-again");
  }

  /* --- the connection --------------------------------------------------------------------- */

  const waiting = new Set();

  function say(form, words) {
    const note = form.querySelector("[data-unsaved]");
    if (!note) return;
    note.textContent = words;
    note.hidden = !words;
  }

  function tell(words) {
    by("run-status").textContent = words;
  }

  function tellConnection() {
    const count = all("form[data-waiting]").length;
    const one = count === 1 ? "1 Eingabe ist" : `${count} Eingaben sind`;
    by("run-connection").textContent = count
      ? `Keine Verbindung: ${one} nicht gespeichert. Was Sie tippen, bleibt hier und wird gesendet, `
        + "sobald die Verbindung wieder da ist."
      : "";
  }

  function wait(form) {
    form.dataset.waiting = "1";
    waiting.add(form);
    say(form, "nicht gespeichert – keine Verbindung");
    tellConnection();
  }

  function stopWaiting(form) {
    delete form.dataset.waiting;
    waiting.delete(form);
    say(form, "");
    tellConnection();
  }

  function retry() {
    for (const form of waiting) {
      if (!form.isConnected) waiting.delete(form);
      else if (!form.classList.contains("htmx-request")) htmx.trigger(form, "vl-again");
    }
  }

  setInterval(retry, RETRY_AFTER);
  addEventListener("online", retry);

  /* --- where the cursor goes -------------------------------------------------------------- */

  const fields = () => all("[data-line] [name=result]:not(:disabled)");
  // an item whose result is on its way is no longer open for the cursor
  const isOpen = ({ form }) => form.dataset.line === "open" && !("left" in form.dataset);
  const showsError = form => form.querySelector("[data-said=error]") !== null;
  const isNeeded = field => isOpen(field) && "needed" in field.form.dataset;
  let home = null; // the item that was being worked on when an earlier one was corrected

  function go(field) {
    if (!field) return;
    field.focus({ preventScroll: true });
    field.select();
    field.closest("[data-top]")?.scrollIntoView({ block: "center" });
  }

  function nextOpen(field) {
    const list = fields();
    const place = list.indexOf(field);
    return list.slice(place + 1).find(isOpen) || list.find(one => isOpen(one) && one !== field);
  }

  function after(field, wasOpen = field.form.dataset.line === "open") {
    const worked = home && by(home);
    home = null;
    const wrong = fields().find(one => one !== field && showsError(one.form));
    if (wasOpen) return wrong || nextOpen(field) || step(field, 1) || by("run-attendance-who");
    return worked || fields().find(isNeeded) || fields().find(isOpen) || step(field, 1);
  }

  function step(field, by_) {
    const list = fields();
    return list[list.indexOf(field) + by_];
  }

  /* Enter: what is typed next belongs to the next item already, the answer may take its time */
  sheet.addEventListener("submit", event => {
    const form = event.target;
    const field = form.querySelector("[name=result]");
    if (!form.dataset.line || !field || !field.value.trim()) return;
    if (!hasDraft(form) && form.dataset.line === "saved") {
      event.preventDefault();
      event.stopImmediatePropagation();
      go(after(field));
      return;
    }
    if (document.activeElement !== field || showsError(form)) return;
    form.dataset.left = "1";
    go(after(field));
  }, true);

  sheet.addEventListener("keydown", event => {
    const field = event.target;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (field.name === "result" && field.form?.dataset.line) return lineKey(event, field);
    if (event.key === "Escape" && home) {
      go(by(home));
      home = null;
    }
  });

  function lineKey(event, field) {
    const { key } = event;
    if (key === "ArrowUp" || key === "ArrowDown") {
      const other = step(field, key === "ArrowUp" ? -1 : 1);
      if (!other) return;
      event.preventDefault();
      if (isOpen(field)) home = field.id;
      if (other.id === home) home = null;
      go(other);
    } else if (key === "Enter" && !field.value.trim()) {
      event.preventDefault();
      go(after(field));
    } else if (key === "+" && !field.value) {
      event.preventDefault();
      field.closest("[data-top]").querySelector("a[data-ballot]")?.click();
    }
  }

  /* keys that type nothing: they lead to the fields beside the result and back */
  document.addEventListener("keydown", event => {
    const row = document.activeElement?.closest?.("[data-top]");
    if (event.key === "F2") {
      home = row?.querySelector("[name=result]")?.id || home;
      by("run-attendance-who")?.focus();
    } else if (event.key === "F8" && row) {
      const note = row.querySelector("[data-note]");
      home = row.querySelector("[name=result]")?.id || home;
      note?.closest("details")?.setAttribute("open", "");
      note?.focus();
    } else if (event.key === "F9") {
      by("run-undo-button")?.click();
    } else return;
    event.preventDefault();
  });

  /* the strip speaks of the item that has the cursor */
  sheet.addEventListener("focusin", event => {
    const row = event.target.closest("[data-top]");
    const choice = by("run-attendance-item");
    if (!row) return;
    if (choice && !choice.dataset.chosen) choice.value = row.dataset.top;
    const there = by(`facts-${row.dataset.top}`)?.dataset.present;
    const shown = by(`run-present-${row.dataset.body}`);
    if (there && shown) shown.textContent = there;
  });

  /* --- what the server says --------------------------------------------------------------- */

  sheet.addEventListener("input", event => {
    const form = event.target.form;
    if (event.target.id === "run-attendance-item") event.target.dataset.chosen = "1";
    if (form?.dataset.draft) keep(form);
  });
  sheet.addEventListener("change", event => {
    if (event.target.form?.dataset.draft) keep(event.target.form);
  });

  document.body.addEventListener("htmx:beforeRequest", event => {
    const { elt } = event.detail;
    const form = elt.closest("form");
    if (!form?.dataset.line) return;
    const field = form.querySelector("[name=result]");
    if (elt === form) form.dataset.sent = field.value;
    else if (form.classList.contains("htmx-request")) event.preventDefault(); // being saved already
  });

  const isGone = xhr => xhr.status === 0 || xhr.status >= 500;

  /* a page instead of a part: the log-in, or a form whose secret is too old */
  document.body.addEventListener("htmx:beforeSwap", event => {
    const { xhr, requestConfig } = event.detail;
    const part = xhr.getResponseHeader("X-Run-Sheet");
    if (part || isGone(xhr)) return;
    event.detail.shouldSwap = false;
    const form = requestConfig.elt.closest("form");
    if (form) say(form, "nicht gespeichert – Anmeldung abgelaufen, bitte die Seite neu laden");
  });

  document.body.addEventListener("htmx:afterRequest", event => {
    const { xhr, requestConfig } = event.detail;
    const form = requestConfig.elt; // the line it stood in may be a new one by now
    if (!form.matches("form[data-draft]")) return;
    const part = xhr.getResponseHeader("X-Run-Sheet");
    if (isGone(xhr)) return wait(form);
    if (!part) return;
    stopWaiting(form);
    if (xhr.status < 400) {
      store(entry(form), null);
      answered(form, true);
    } else answered(form, false);
  });

  function answered(form, saved) {
    const line = by(form.id);
    if (!line?.dataset.line) {
      const row = form.closest("[data-top]"); // a vote above the motion leads back to its item
      if (saved && "ballot" in form.dataset) go(by(`top-${row.dataset.top}-result`));
      if (saved && form.id === "run-attendance" && home) {
        go(by(home));
        home = null;
      }
      return;
    }
    const field = line.querySelector("[name=result]");
    const now = document.activeElement;
    const old = form.querySelector("[name=result]").value;
    tell(line.dataset.told || "");
    if (saved && old !== form.dataset.sent) { // somebody types in it again
      field.value = old;
      keep(line);
      htmx.trigger(field, "input");
      return;
    }
    if (saved) {
      // whoever went on at once may have come back meanwhile, to correct it
      const stayed = !("left" in form.dataset) && line.contains(now);
      if (stayed || now === document.body) go(after(field, form.dataset.line === "open"));
      return;
    }
    const isBusy = now?.name === "result" && isTouched(now) && now !== field;
    const wanted = line.querySelector("[data-wanted]") || field;
    if (isBusy) return; // somebody types there: the refused one is marked and comes next
    if (form.dataset.left || now === document.body || line.contains(now)) {
      go(field);
      wanted.focus();
      wanted.select?.();
    }
  }

  /* what a colleague entered: not over a line that somebody works on here */
  document.body.addEventListener("htmx:oobBeforeSwap", event => {
    const row = event.detail.target;
    if (!row.matches("[data-top]")) return;
    const line = row.querySelector("form[data-line]");
    if (row.contains(document.activeElement) || hasDraft(line)) event.detail.shouldSwap = false;
  });

  /* a new part of the page: drafts come back, focus goes where the server put it */
  document.body.addEventListener("htmx:afterSettle", event => {
    const place = event.detail.elt;
    const forms = place.matches("form[data-draft]") ? [place] : all("form[data-draft]", place);
    forms.forEach(restore);
    const first = place.querySelector?.("[data-start]");
    if (first) first.focus();
  });

  /* --- roll call: one letter for each member, the cursor goes on --------------------------- */

  document.addEventListener("input", event => {
    const field = event.target;
    if (field.matches("[data-choice]") && field.value) beside(field, 1);
  });

  document.addEventListener("keydown", event => {
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!way || !event.target.matches("[data-choice]")) return;
    event.preventDefault();
    beside(event.target, way);
  });

  function beside(field, way) {
    const list = all("[data-choice]", field.form);
    const other = list[list.indexOf(field) + way];
    other?.focus();
    other?.select();
  }

  /* --- forms that are sent as a whole page, and the log-out ------------------------------- */

  document.addEventListener("submit", event => {
    const form = event.target;
    if (form.action.endsWith("/abmelden/")) forget(" ");
    else if (form.dataset.draft && !form.hasAttribute("hx-post")) {
      sessionStorage.setItem(SENT, entry(form));
    }
  });

  function clearSent() {
    const sent = sessionStorage.getItem(SENT);
    if (!sent || !location.search.startsWith("?top=")) return;
    store(sent, null); // the server has led on to the next item, so it has what was sent
    sessionStorage.removeItem(SENT);
  }

  // htmx knows the forms by then
  addEventListener("DOMContentLoaded", () => {
    htmx.config.timeout = PATIENCE;
    forget(`${MARK}${sheet.dataset.drafts.split(":")[0]}:`);
    clearSent();
    all("form[data-draft]").forEach(restore);
    if (document.activeElement === document.body) go(by(sheet.dataset.start));
  });
})();
