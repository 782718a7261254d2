"""Industrial symbiosis and circular material-flow analysis: a park goes in, exchanges come out."""

__version__ = "0.1.0"
