"""The stages of training that run on Apache Spark."""
