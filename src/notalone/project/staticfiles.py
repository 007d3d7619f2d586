"""Static files under names that hold a hash of their content, inside ES modules too."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # WhiteNoise has no types
    """Rewrites ``import`` and ``export from`` of ES modules to the hashed names."""

    support_js_module_import_aggregation = True
