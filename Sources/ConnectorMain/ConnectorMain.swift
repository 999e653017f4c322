public import RecordingKit

/// Turns a compiled-in connector into a program that a host runs as a connector of its own.
public enum ConnectorMain<Source: Connector> {}
