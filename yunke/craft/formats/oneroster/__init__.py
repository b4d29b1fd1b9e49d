"""OneRoster 1.1 and 1.2 CSV bundles: read row by row with every fault named, and written."""

from yunke.craft.formats.oneroster.read import (
    classes,
    enrollments,
    file_of,
    manifest_of,
    orgs,
    roles,
    terms,
    users,
)
from yunke.craft.formats.oneroster.values import (
    ABSENT,
    BULK,
    LEFT,
    SUBJECT_COLUMN,
    BundleRefused,
    EnrollmentRow,
    Fault,
    Manifest,
)
from yunke.craft.formats.oneroster.write import bundle_write

__all__ = [
    "ABSENT", "BULK", "LEFT", "SUBJECT_COLUMN", "BundleRefused", "EnrollmentRow", "Fault",
    "Manifest", "bundle_write", "classes", "enrollments", "file_of", "manifest_of", "orgs",
    "roles", "terms", "users",
]  # fmt: skip
