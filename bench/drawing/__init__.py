"""What figures are made with: style, palette, axes, panels, files."""
