"""How long we keep what nobody has sent: bubbles of a chat and folders never handed in.

The consent text names the term; here it is carried out.
"""

from datetime import timedelta

from handlers.office import Office

KEEP = timedelta(days=180)


async def sweep(office: Office) -> int:
    """Removes what is older than the term; returns how many rows went."""
    async with office.unit() as unit:
        gone = await unit.privacy.expire(unit.now - KEEP)
    for digest in gone.digests:
        await office.files.remove(digest)
    return gone.rows
