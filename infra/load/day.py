"""A day in minutes: people come as they do by the hour, and the memory of every process is looked at all the while."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import Final

from infra.load.rush import LOGIN_EVERY_S, Full, first_letter, logs_in, people_come
from infra.load.visits import Filers, Told, Visitors

BY_HOUR: Final = (1, 1, 1, 1, 1, 2, 5, 10, 8, 5, 5, 5, 8, 5, 4, 4, 5, 7, 8, 9, 8, 6, 4, 2)
"""How many open it in each hour, beside one another; from seven to nine the most."""
BUSIEST: Final = 0.35
"""In the busiest hour so many come a second, of the homes that the house answers a second."""
FLAT: Final = 0.05
"""A process that holds so much more in the last quarter than in the second has not let go of something."""


@dataclass
class Day:
    """`memory`: by hour, MB of the web processes and of the workers at its end."""

    minutes: float
    told: Told = field(default_factory=Told)
    memory: list[tuple[float, float]] = field(default_factory=list)

    def growth(self, which: int) -> float:
        """Of the mean of the last quarter beside that of the second; the first fills what is kept."""
        of = [each[which] for each in self.memory]
        return sum(of[18:24]) / sum(of[6:12]) - 1

    @property
    def failed(self) -> bool:
        return bool(self.told.failed or self.told.gave_up) or max(self.growth(0), self.growth(1)) > FLAT


def passes(full: Full, minutes: float, seed: int = 8) -> Day:
    day = Day(minutes)
    asyncio.run(_passes(day, full, random.Random(seed)))
    return day


async def _passes(day: Day, full: Full, chance: random.Random) -> None:
    hour, told = day.minutes * 60 / len(BY_HOUR), day.told
    visitors = Visitors(full.phones, told, await first_letter(full.phones[0]), chance)
    filers = Filers(full.forms, full.questions, told)
    late: list[asyncio.Task[None]] = []
    for share in BY_HOUR:
        rate = share / max(BY_HOUR) * BUSIEST * full.bears
        late += await asyncio.gather(
            people_come(visitors.opens_home, rate * 0.7, hour),
            people_come(visitors.opens_letter, rate * 0.3, hour),
            people_come(filers.files, max(rate * 0.02, 0.1), hour),
            people_come(lambda _: logs_in(full.city, told), 0.5 / LOGIN_EVERY_S, hour),
        )
        day.memory.append(full.memory())
    until = time.monotonic() + 60
    while time.monotonic() < until and not all(one.done() for one in late):
        await asyncio.sleep(0.5)


def table(day: Day) -> str:
    told = day.told
    lines = [f"a day in {day.minutes:.0f} minutes: {told.came:,} came, {len(told.form)} in forms ({told.filed} filed),"]
    lines[0] += f" {told.logins} signed in, {sum(told.put_off.values())} put off, {told.gave_up} gave up"
    lines.append(f"  {'hour':>6}{'web, MB':>10}{'workers, MB':>13}")
    lines += [
        f"  {hour:>6}{web:>10.0f}{workers:>13.0f}" for hour, (web, workers) in enumerate(day.memory) if hour % 3 == 2
    ]
    lines.append(f"  last quarter beside the second: web {day.growth(0):+.1%}, workers {day.growth(1):+.1%}")
    lines += [f"  FAILED {number} x {what}" for what, number in told.failed.items()]
    return "\n".join(lines)
