"""Workers, officers and consents: found by what is not readable in the archive."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.people import Role
from storage.database import Database
from tests.clock import Clock
from tests.people import a_talk, a_union, a_worker, an_officer, identity_number

PHONE = "13800138000"


async def test_a_worker_is_found_by_number_and_opened_again(database: Database) -> None:
    async with database.unit() as unit:
        await a_worker(unit, await a_union(unit), "张三", phone=PHONE, birth="1990-01-01")
    async with database.reading() as unit:
        worker = await unit.workers.by_identity(identity_number())
        assert worker is not None
        assert worker.facts == {"birth": "1990-01-01"}
        assert unit.workers.name(worker) == "张三"
        assert unit.workers.identity(worker) == identity_number()
        assert unit.workers.phone(worker) == PHONE
        assert [each.id for each in await unit.workers.by_phone(PHONE)] == [worker.id]
        assert await unit.workers.by_identity(identity_number(2)) is None
        assert await unit.workers.by_phone("13900139000") == []


async def test_nothing_personal_lies_readable_in_the_roster(database: Database) -> None:
    async with database.unit() as unit:
        await a_worker(unit, await a_union(unit), "张三", phone=PHONE)
    async with database.reading() as unit:
        row = (await unit.connection.execute(text("SELECT * FROM workers"))).one()
    stored = b"|".join(each if isinstance(each, bytes) else str(each).encode() for each in row)
    for secret in ("张三", identity_number(), PHONE):
        assert secret.encode() not in stored


async def test_an_identity_number_stands_in_the_roster_once(database: Database) -> None:
    async with database.unit() as unit:
        union = await a_union(unit)
        await a_worker(unit, union)
    with pytest.raises(IntegrityError):
        async with database.unit() as unit:
            await a_worker(unit, union, "another name")


async def test_new_facts_of_a_worker_are_kept(database: Database) -> None:
    async with database.unit() as unit:
        worker = await a_worker(unit, await a_union(unit), level="四级")
    async with database.unit() as unit:
        again = await unit.workers.by_id(worker.id)
        assert again is not None
        again.facts = again.facts | {"level": "三级"}
        unit.workers.enter(again, phone=PHONE)
    async with database.reading() as unit:
        [found] = await unit.workers.by_phone(PHONE)
        assert found.facts == {"level": "三级"}


async def test_an_unbound_chat_speaks_for_nobody(database: Database) -> None:
    async with database.unit() as unit:
        worker = await a_worker(unit, await a_union(unit))
        talk = await a_talk(unit, worker=worker)
        talk.facts, talk.reply, talk.topic = {"age": 36}, {"text": "几岁？"}, "apply"
        await unit.conversations.write(talk)
    async with database.unit() as unit:
        assert await unit.workers.unbind(worker.id)
        assert not await unit.workers.unbind(worker.id)
        assert await unit.conversations.for_worker(worker.id) is None
        after = await unit.conversations.of("telegram", "42", "zh_CN")
        assert (after.worker_id, after.facts, after.reply, after.topic) == (None, {}, {}, "menu")
        assert after.step == talk.step + 1  # the old question's buttons answer nothing


async def test_an_officer_is_found_by_login_union_role_and_token(database: Database) -> None:
    async with database.unit() as unit:
        union = await a_union(unit)
        wang = await an_officer(unit, union, Role.REVIEWER, "wang")
        li = await an_officer(unit, union, Role.MANAGER, "li")
        await an_officer(unit, union, Role.REVIEWER, "gone", active=False)
        token = await unit.officers.give_token(li)
    async with database.reading() as unit:
        found = await unit.officers.by_login("wang")
        assert found is not None
        assert found.id == wang.id
        assert await unit.officers.by_login("gone") is None
        assert [each.login for each in await unit.officers.of_union(union.id)] == ["wang", "li"]
        reviewers = await unit.officers.of_union(union.id, Role.REVIEWER)
        assert [each.login for each in reviewers] == ["wang"]
        by_token = await unit.officers.by_token(token)
        assert by_token is not None
        assert by_token.login == "li"
        assert await unit.officers.by_token("guessed") is None


async def test_a_relative_is_declared_once_and_can_be_corrected(database: Database) -> None:
    async with database.unit() as unit:
        officer = await an_officer(unit, await a_union(unit))
        await unit.officers.declare(officer.id, "a" * 64, "spouse")
        await unit.officers.declare(officer.id, "a" * 64, "sibling")
        await unit.officers.declare(officer.id, "b" * 64, "child")
        assert await unit.officers.relatives(officer.id) == {"a" * 64: "sibling", "b" * 64: "child"}


async def signed_in(database: Database, secret: str) -> bool:
    async with database.unit() as unit:
        return await unit.officers.signed_in(secret) is not None


async def test_a_session_ends_after_half_an_hour_of_silence(
    database: Database, clock: Clock
) -> None:
    async with database.unit() as unit:
        secret, _ = await unit.officers.sign_in(await an_officer(unit, await a_union(unit)))
    clock.move(minutes=29)
    assert await signed_in(database, secret)
    clock.move(minutes=29)
    assert await signed_in(database, secret)
    clock.move(minutes=30)
    assert not await signed_in(database, secret)


async def test_a_session_ends_after_twelve_hours_however_busy(
    database: Database, clock: Clock
) -> None:
    async with database.unit() as unit:
        secret, _ = await unit.officers.sign_in(await an_officer(unit, await a_union(unit)))
    for _ in range(35):
        clock.move(minutes=20)
        assert await signed_in(database, secret)
    clock.move(minutes=20)
    assert not await signed_in(database, secret)


async def test_reading_a_page_does_not_prolong_a_session(database: Database, clock: Clock) -> None:
    async with database.unit() as unit:
        secret, _ = await unit.officers.sign_in(await an_officer(unit, await a_union(unit)))
    clock.move(minutes=20)
    async with database.reading() as unit:
        assert await unit.officers.signed_in(secret) is not None
    clock.move(minutes=20)
    assert not await signed_in(database, secret)


async def test_signing_out_ends_this_session_or_all(database: Database) -> None:
    async with database.unit() as unit:
        officer = await an_officer(unit, await a_union(unit))
        secrets = [(await unit.officers.sign_in(officer))[0] for _ in range(3)]
        await unit.officers.sign_out(secrets[0])
    assert [await signed_in(database, secret) for secret in secrets] == [False, True, True]
    async with database.unit() as unit:
        await unit.officers.sign_out_everywhere(officer.id)
    assert [await signed_in(database, secret) for secret in secrets] == [False] * 3


async def test_an_officer_who_has_left_is_signed_out(database: Database) -> None:
    async with database.unit() as unit:
        officer = await an_officer(unit, await a_union(unit))
        secret, _ = await unit.officers.sign_in(officer)
        officer.active = False
    assert not await signed_in(database, secret)


async def test_a_cookie_nobody_was_given_signs_nobody_in(database: Database) -> None:
    assert not await signed_in(database, "guessed")


async def test_consent_holds_for_its_purpose_and_wording_only(database: Database) -> None:
    async with database.unit() as unit:
        talk = await a_talk(unit)
        await unit.consents.give(talk.id, "identity", "text-1", "telegram")
        await unit.consents.give(talk.id, "identity", "text-1", "telegram")
    async with database.reading() as unit:
        assert await unit.consents.holds(talk.id, "identity", "text-1")
        assert not await unit.consents.holds(talk.id, "identity", "text-2")
        assert not await unit.consents.holds(talk.id, "bank", "text-1")
        assert len(await unit.consents.of(talk.id)) == 1


async def test_withdrawn_consent_does_not_hold_but_is_remembered(
    database: Database, clock: Clock
) -> None:
    async with database.unit() as unit:
        talk = await a_talk(unit)
        await unit.consents.give(talk.id, "bank", "text-1", "web")
        await unit.consents.give(talk.id, "identity", "text-1", "web")
    clock.move(days=1)
    async with database.unit() as unit:
        assert await unit.consents.withdraw(talk.id, "bank")
        assert not await unit.consents.withdraw(talk.id, "bank")
        assert not await unit.consents.holds(talk.id, "bank", "text-1")
        assert await unit.consents.holds(talk.id, "identity", "text-1")
        bank, _ = await unit.consents.of(talk.id)
        assert bank.withdrawn_at is not None
        assert bank.withdrawn_at - bank.given_at == timedelta(days=1)
        await unit.consents.give(talk.id, "bank", "text-1", "web")
        assert await unit.consents.holds(talk.id, "bank", "text-1")
