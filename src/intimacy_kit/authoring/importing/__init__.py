"""From a spreadsheet to the sources of prompts."""
