"""Who tells what of the same event: passages that tell one thing, the moments they tell of, side by side, and how
two accounts relate. Shows, never judges."""

from vivavoce.accounts.blocking import keys
from vivavoce.accounts.cut import passages
from vivavoce.accounts.explain import Ground, explain
from vivavoce.accounts.joins import joins
from vivavoce.accounts.kept import Kept
from vivavoce.accounts.moments import gather
from vivavoce.accounts.noted import noting
from vivavoce.accounts.weighed import Weighing

__all__ = ["Ground", "Kept", "Weighing", "explain", "gather", "joins", "keys", "noting", "passages"]
