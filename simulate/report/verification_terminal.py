"""A verification in the terminal: tables for people, one JSON document for programs."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from io import StringIO

from simulate.evidence.proof import Verification
from simulate.report.verification_table import case_name, proof_table, verdict
from simulate.report.words import load_words


def verification_as_document(verification: Verification) -> str:
    """Return a verification as one JSON document; what a check does not have is null."""
    document = {
        "holds": verification.holds,
        "quick": verification.quick,
        "fingerprint": verification.fingerprint,
        "proofs": {
            proof.kind: {
                "holds": proof.holds,
                "checks": [asdict(check) for check in proof.checks],
            }
            for proof in verification.proofs
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def tell_verification(verification: Verification, titles: Mapping[str, str], width: int) -> str:
    """Return every check in a table for each kind of proof, what failed, and the verdict."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    words = load_words("en")
    console = Console(file=StringIO(), record=True, width=width, highlight=False)
    for proof in verification.proofs:
        columns, rows = proof_table(proof, words, titles)
        console.print(words.say(f"verification.kinds.{proof.kind}"), style="bold", markup=False)
        table = Table(box=None, pad_edge=False)
        for column in columns:
            table.add_column(column.heading, justify="right" if column.right else "left")
        table.add_column("")
        for row, check in zip(rows, proof.checks, strict=True):
            word = words.say("verification.holds" if check.holds else "verification.fails")
            table.add_row(*map(Text, row), word, style="" if check.holds else "red")
        console.print(table)
        for check in proof.checks:
            if not check.holds:
                name = case_name(check.case, words, titles)
                told = words.say("verification.fault", case=name, fault=check.fault)
                console.print(told, style="red", markup=False)
        console.print()
    console.print(verdict(verification, words), style="bold", markup=False)
    return console.export_text(styles=sys.stdout.isatty()).rstrip("\n")
