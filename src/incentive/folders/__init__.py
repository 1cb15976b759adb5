"""Runs on disk: a folder with everything that a run was made from and gave, which can be audited alone.

    run = plan.run(incentive.Dataset.from_folder("january"), period="2026-01")
    incentive.folders.write(run, "runs/2026-01")
    incentive.folders.audit("runs/2026-01").passed

`write` makes the folder, whole or not at all; `open_folder` takes one that is as it was written, for the next run;
`audit` computes it again. The id of a run is a hash of what it was made from.
"""

from incentive.folders.auditing import Audit, audit
from incentive.folders.kept import RunFolder, open_folder
from incentive.folders.manifest import Inputs, Manifest
from incentive.folders.writing import Written, carry, write

__all__ = ["Audit", "Inputs", "Manifest", "RunFolder", "Written", "audit", "carry", "open_folder", "write"]
