"""The workbench: a web application on this machine in which an editor reads and corrects. The machine proposes, the
person decides; every decision is on the disk before the page says so. The same calls as the command line."""

from vivavoce.workbench.app import app
from vivavoce.workbench.bench import Bench
from vivavoce.workbench.door import Door, door
from vivavoce.workbench.running import forever

__all__ = ["Bench", "Door", "app", "door", "forever"]
