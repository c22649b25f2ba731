"""What a report says: each module makes the blocks of a section or of a part of one, from tables and manifest."""
