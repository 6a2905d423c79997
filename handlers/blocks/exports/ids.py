"""Ids: the buttons and forms of exports and of how long records are kept."""

EXPORT = "exports.export"
RETENTION = "exports.retention"
