"""The doctor: looks at everything the bot needs and says how to mend what is not well."""

import asyncio
from pathlib import Path

from bot.config import DOTENV, ConfigError, load_what_is_there
from bot.doctor.database import check_database, check_workspace
from bot.doctor.findings import BAD, GOOD, NOTE, Finding
from bot.doctor.manifest import MANIFEST, read_manifest
from bot.doctor.slack import check_slack
from models.time import Clock, utc_now

__all__ = ["BAD", "GOOD", "NOTE", "Finding", "examine", "is_well"]


async def examine(
    dotenv: Path = DOTENV, manifest_path: Path = MANIFEST, clock: Clock = utc_now
) -> list[Finding]:
    """Return a finding for each check; what cannot be checked is said, not left out.

    Takes less than twenty seconds, whatever does not answer. Nothing is created or changed.
    """
    try:
        config, wrong = load_what_is_there(dotenv)
    except ConfigError as error:
        return [Finding(BAD, "Environment", f"{error}. Save it as plain text in UTF-8.")]
    findings = [Finding(BAD, "Environment", f"{sentence}.") for sentence in wrong.values()]
    findings = findings or [Finding(GOOD, "Environment", "every setting is there.")]
    manifest, of_manifest = read_manifest(manifest_path)
    of_database, visit = await asyncio.gather(
        check_database(config, wrong), check_slack(config, wrong, manifest, clock)
    )
    findings += [of_manifest, *of_database, *visit.findings]
    if visit.team_id and all(finding.mark is GOOD for finding in of_database):
        findings.append(await check_workspace(config, visit.team_id, visit.team_name))
    return findings


def is_well(findings: list[Finding]) -> bool:
    """Say whether the bot can run. A note is no illness."""
    return all(finding.mark is not BAD for finding in findings)
