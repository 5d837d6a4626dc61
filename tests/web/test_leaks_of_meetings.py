"""The walk of every role through the pages of every meeting: no random word leaves its circle."""

import re
from collections.abc import Iterator

from proposals.models import AgendaItem
from tests.web.test_leaks import expected, readable
from tests.web.test_permissions_of_meetings import LISTS, MEETINGS
from tests.web.world import ROLES, World

SECRET = "Q[0-9a-f]{12}x"
OK = 200


def answers(world: World, role: str) -> Iterator[str]:
    """Yield what every address of every meeting answers, to a look and to an empty form.

    A form that does not open is not sent: the table of permissions holds what it answers.
    """
    client = world.visitors[role].client
    for url, _ in LISTS.values():
        yield client.get(url).content.decode()
    for year in (2024, 2025):
        yield client.get(f"/sitzungen/kalender/?year={year}").content.decode()
    urls = {
        row.url(item): row.reads_only
        for item in AgendaItem.everything.all()
        for row in MEETINGS.values()
    }
    for url, reads_only in urls.items():
        answer = client.get(url)
        yield readable(answer)
        if answer.status_code == OK and not reads_only:
            yield client.post(url).content.decode()


def test_the_pages_of_meetings_tell_nobody_more_than_the_papers_do(world: World) -> None:
    meanings, allowed = world.meanings(), expected(world)
    told: dict[str, set[tuple[str, str]]] = {}
    for role in ROLES:
        words = {word for text in answers(world, role) for word in re.findall(SECRET, text)}
        told[role] = {meanings[word] for word in words & meanings.keys()}
    states = {state for known in allowed.values() for state, _ in known}
    wrong = {
        role: more
        for role, read in told.items()
        if (more := {one for one in read if one[0] in states} - allowed[role])
    }
    assert wrong == {}
    assert ("secret_decided", "subject") in told["secretary"]
    assert ("secret_decided", "subject") not in told["elsewhere"]
