"""From an empty archive to an office at work, from one file; read twice, nothing is doubled."""

from typing import Any

import pytest
from sqlalchemy import func, select

from core.errors import NotFound, SchemeFileError, Unreadable
from handlers import access, enrolment
from handlers.office import Office
from storage.tables import Officer, Union, Worker
from tests.people import identity_number

FILE: dict[str, Any] = {
    "unions": [
        {"code": "yn", "name": "云南省总工会", "kind": "province"},
        {"code": "yn-tech-office", "name": "技术创新办", "kind": "office", "parent": "yn"},
        {"code": "kunming", "name": "昆明市总工会", "kind": "prefecture", "parent": "yn"},
        {"code": "works", "name": "机械厂工会", "kind": "base_unit", "parent": "kunming"},
    ],
    "officers": [
        {
            "login": "li",
            "name": "李审核",
            "union": "works",
            "role": "reviewer",
            "identity": identity_number(8),
            "relatives": {"wife": identity_number(9)},
        }
    ],
    "members": [{"name": "张春华", "identity": identity_number(1), "union": "works"}],
}


async def counts(office: Office) -> list[int]:
    async with office.reading() as unit:
        return [
            await unit.session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Union, Officer, Worker)
        ]


async def test_a_file_makes_an_office_that_can_sign_in(office: Office) -> None:
    done = await enrolment.enrol(office, enrolment.read(FILE, "office.yaml"))
    assert await access.sign_in(office, "li", done.passwords["li"])
    async with office.reading() as unit:
        member = await unit.workers.by_identity(identity_number(1))
        officer = await unit.officers.by_login("li")
        assert member is not None
        assert officer is not None
        assert member.facts["union_member"]["origin"] == "roster"
        assert list((await unit.officers.relatives(officer.id)).values()) == ["wife"]


async def test_the_same_file_again_doubles_nothing_and_keeps_passwords(office: Office) -> None:
    plan = enrolment.read(FILE, "office.yaml")
    first = await enrolment.enrol(office, plan)
    before = await counts(office)
    again = await enrolment.enrol(office, plan)
    assert again.passwords == {}
    assert await counts(office) == before
    assert await access.sign_in(office, "li", first.passwords["li"])


async def test_a_wrong_row_is_named_and_nothing_is_taken(office: Office) -> None:
    before = await counts(office)
    with pytest.raises(SchemeFileError, match=r"officers\.0\.role"):
        enrolment.read(FILE | {"officers": [FILE["officers"][0] | {"role": "boss"}]}, "x")
    wrong = FILE | {"members": [FILE["members"][0] | {"identity": "123"}]}
    with pytest.raises(Unreadable):
        await enrolment.enrol(office, enrolment.read(wrong, "x"))
    lost = FILE | {"members": [FILE["members"][0] | {"union": "nowhere"}]}
    with pytest.raises(NotFound):
        await enrolment.enrol(office, enrolment.read(lost, "x"))
    assert await counts(office) == before
