"""How hypothesis is run: few examples on every machine, the same ones in CI."""

import os

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "usual",
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # a park is a seed: shrinking takes minutes for little
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("ci", settings.get_profile("usual"), derandomize=True)
settings.register_profile("thorough", settings.get_profile("usual"), max_examples=300)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "usual")
)
