"""What a report says: each module makes a section of report.md from the tables and the manifest alone."""
