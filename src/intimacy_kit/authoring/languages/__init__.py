"""The languages of a pack: files for translators, and the overlays made from them."""
