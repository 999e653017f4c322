import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

@Suite("Bringing tables up to date")
struct MigrationTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    let first = Migration(version: 1, sql: "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);")
    let second = Migration(version: 2, sql: "ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x + 1;")
    let broken = Migration(version: 3, sql: "CREATE TABLE b (x INTEGER); INSERT INTO nowhere VALUES (1);")

    func open(_ migrations: [Migration]) throws -> SQLiteLedger {
        let schema = LedgerSchema(applicationID: 77, migrations: migrations)
        return try SQLiteLedger.open(path: folder.path("tapedeck.db"), holder: holder, schema: schema)
    }

    func integer(_ sql: String) throws -> Int64 {
        try SQLiteConnection(path: folder.path("tapedeck.db"), readOnly: true).integer(sql)
    }

    @Test("A ledger of version 1 gets the steps that it lacks, each once")
    func steps() async throws {
        await (try open([first])).close()
        #expect(try integer("PRAGMA user_version") == 1)
        #expect(try integer("PRAGMA application_id") == 77)
        for _ in 0..<2 {
            await (try open([first, second])).close()
            #expect(try integer("PRAGMA user_version") == 2)
            #expect(try integer("SELECT sum(y) FROM a") == 2)
        }
    }

    @Test("A step that fails takes back those before it, and the file is byte for byte what it was")
    func failingStep() async throws {
        await (try open([first])).close()
        let before = try folder.bytes("tapedeck.db")
        #expect(await failure { try open([first, second, broken]) }?.code == .ledgerFailed)
        #expect(try folder.bytes("tapedeck.db") == before)
        #expect(try integer("PRAGMA user_version") == 1)
        #expect(try integer("SELECT count(*) FROM sqlite_schema WHERE name = 'b'") == 0)
        await (try open([first, second])).close()
    }

    @Test("The program's own steps count up from 1")
    func ownSteps() {
        let versions = LedgerSchema.current.migrations.map(\.version)
        #expect(versions == (1...Int64(versions.count)).map { $0 })
    }
}
