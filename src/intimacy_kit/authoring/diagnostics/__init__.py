"""Problems as other programs read them: JSON, SARIF and the annotations of GitHub."""
