"""Tests of the adapters against moto and the portal simulator."""
