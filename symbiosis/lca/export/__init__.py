"""Export: a park and its exchanges as a foreground database for other life-cycle tools."""

from symbiosis.lca.export.database import Database
from symbiosis.lca.export.foreground import foreground
from symbiosis.lca.export.layout import written_csv, written_workbook
from symbiosis.lca.export.openlca import written_jsonld
from symbiosis.lca.export.packaged import datapackage, written_datapackage
from symbiosis.lca.export.project import written_project
from symbiosis.lca.export.subject import Subject
from symbiosis.lca.export.whole import unused

__all__ = [
    "Database",
    "Subject",
    "datapackage",
    "foreground",
    "unused",
    "written_csv",
    "written_datapackage",
    "written_jsonld",
    "written_project",
    "written_workbook",
]
