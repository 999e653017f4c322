import ConnectorMain
import TapeArchiveSample

/// The Swift connector of the tests as a program.
@main enum Main {
    static func main() async { await ConnectorMain<TapeArchive>.run(version: "1.0") }
}
