"""A tree of rules in OpenFisca-core, every condition a variable of its own, over all members.

Run by `bench.audience` with a Python that has openfisca-core: the order on the standard input,
the members' facts in a file. An answer nobody has given is unknown here too: false, open and true
are 0, 1 and 2.
"""

import json
import sys
import time
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DAY
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

FALSE, OPEN, TRUE = 0, 1, 2
NEVER = -30_000  # a day for those who have named none
PERSON = build_entity(key="person", plural="persons", label="", is_person=True)


def declare(system: Any, name: str, kind: Any, **more: Any) -> None:
    fields = {"value_type": kind, "entity": PERSON, "definition_period": DAY, "label": name, **more}
    system.add_variable(type(name, (Variable,), fields))


def declare_fact(system: Any, fact: str, answers: list[str] | str) -> None:
    if isinstance(answers, list):
        kinds = Enum(fact, {"unknown": "?"} | {f"a{n}": a for n, a in enumerate(answers)})
        declare(system, fact, Enum, possible_values=kinds, default_value=kinds["unknown"])
    elif answers == "date":
        declare(system, fact, date, default_value=date(1900, 1, 1))
    else:
        declare(system, fact, float, default_value=float("nan"))


def values(column: Any, answers: list[str] | str) -> Any:
    """The column as OpenFisca takes it in."""
    if isinstance(answers, list):
        return column.astype("u1")
    if answers == "date":
        return column.astype("i4").astype("datetime64[D]")
    return column.astype("f4")


def declare_rule(system: Any, rule: dict[str, Any], facts: dict[str, Any], name: str) -> str:
    """Adds the variable for a rule and for all its parts; returns its name."""
    if "fact" in rule:
        declare(system, name, int, formula=condition(rule, facts[rule["fact"]]))
        return name
    parts = {
        group: [
            declare_rule(system, part, facts, f"{name}_{group}_{n}")
            for n, part in enumerate(rule[group])
        ]
        for group in ("all", "any", "none")
    }

    def formula(person: Any, period: Any) -> Any:
        held = [person(part, period) for part in parts["all"]]
        held += [TRUE - person(part, period) for part in parts["none"]]
        if parts["any"]:
            held.append(np.maximum.reduce([person(part, period) for part in parts["any"]]))
        return np.minimum.reduce(held)

    declare(system, name, int, formula=formula)
    return name


def condition(rule: dict[str, Any], answers: list[str] | str) -> Any:
    fact = rule["fact"]

    def chosen(person: Any, period: Any) -> Any:
        value = person(fact, period).view(np.ndarray)
        table = [OPEN] + [TRUE if answer in rule["in"] else FALSE for answer in answers]
        return np.array(table)[value]

    def between(person: Any, period: Any) -> Any:
        value = person(fact, period)
        day = answers == "date"
        known = value != np.datetime64(NEVER, "D") if day else ~np.isnan(value)
        good = known.copy()
        if "low" in rule:
            low = np.datetime64(rule["low"]) if day else float(rule["low"])
            good &= (value > low) if rule["over"] else (value >= low)
        if "high" in rule:
            high = np.datetime64(rule["high"]) if day else float(rule["high"])
            good &= (value < high) if rule["under"] else (value <= high)
        return np.where(known, np.where(good, TRUE, FALSE), OPEN)

    return chosen if isinstance(answers, list) else between


def main(file: str) -> None:
    order = json.load(sys.stdin)
    facts, day = order["facts"], order["day"]
    began = time.perf_counter()
    cells = np.fromfile(file, sep=" ").reshape(-1, len(facts))
    given = {fact: values(cells[:, n], facts[fact]) for n, fact in enumerate(facts)}
    parse = time.perf_counter() - began
    system = TaxBenefitSystem([PERSON])
    for fact, answers in facts.items():
        declare_fact(system, fact, answers)
    declare_rule(system, order["tree"], facts, "qualifies")
    count = len(next(iter(given.values())))
    took = []
    for _ in range(order["tries"]):
        began = time.perf_counter()
        simulation = SimulationBuilder().build_default_simulation(system, count)
        for fact, column in given.items():
            simulation.set_input(fact, day, column)
        handed = time.perf_counter()
        found = simulation.calculate("qualifies", day)
        sizes = int((found == TRUE).sum()), int((found != FALSE).sum())
        took.append((handed - began, time.perf_counter() - handed))
    hand, reckon = sorted(took, key=sum)[len(took) // 2]
    told = {"parse": parse, "hand": hand, "reckon": reckon}
    print(json.dumps(told | {"surely": sizes[0], "possibly": sizes[1]}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
