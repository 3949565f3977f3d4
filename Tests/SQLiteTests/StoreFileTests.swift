import Fixture
import Glibc
import SQLite
import Testing

struct StoreFileTests {
    let folder = TemporaryFolder()

    private func failure(_ path: String) -> String {
        do {
            _ = try Store(path: path, migrations: [Notes.schema])
            return "no failure"
        } catch {
            return error.description
        }
    }

    @Test("a file that is no database is refused in one line and left as it is")
    func notADatabase() {
        let bytes = Array(String(repeating: "Dear diary, ", count: 100).utf8)
        folder.write("diary.txt", bytes: bytes)
        let path = folder.file("diary.txt")
        #expect(
            failure(path)
                == "\(path): not an SQLite database; nothing was changed: "
                + "put a backup in its place or name another")
        #expect(folder.bytes("diary.txt") == bytes)
        #expect(folder.names == ["diary.txt"])
    }

    @Test("a damaged schema is refused in one line and left as it is")
    func damaged() async throws {
        await (try Store.notes(folder)).close()
        var bytes = folder.bytes("notes.sqlite")
        for place in 100..<4096 { bytes[place] = 0xff }
        folder.write("notes.sqlite", bytes: bytes)
        let message = failure(folder.file("notes.sqlite"))
        #expect(message.contains("notes.sqlite: damaged ("))
        #expect(message.contains("put a backup in its place"))
        #expect(!message.contains("\n"))
        #expect(folder.bytes("notes.sqlite") == bytes)
    }

    @Test("damage found later is told as corrupt, not as something else")
    func damagedLater() async throws {
        let first = try Store.notes(folder)
        try await first.write { transaction in
            for n in 0..<2_000 { _ = try transaction.one(Notes.add, "note \(n)") }
        }
        await first.close()
        var bytes = folder.bytes("notes.sqlite")
        for place in (bytes.count - 8 * 4096)..<bytes.count { bytes[place] = 0xff }
        folder.write("notes.sqlite", bytes: bytes)
        let store = try Store.notes(folder)
        let error = #expect(throws: DatabaseError.self) {
            try store.read { try $0.all(Notes.texts) }
        }
        guard case .corrupt = error else {
            Issue.record("\(error as Any) is not corrupt")
            return
        }
    }

    @Test("a folder instead of a file is refused in one line")
    func isFolder() {
        #expect(
            failure(folder.path)
                == "\(folder.path): cannot open: it is a folder; name a file")
    }

    @Test("a missing folder is named, and not created")
    func missingFolder() {
        let path = folder.file("no/where.sqlite")
        #expect(
            failure(path)
                == "\(path): cannot open: its folder does not exist; create \(folder.path)/no/")
        #expect(folder.names == [])
    }

    @Test("a special file is refused in one line")
    func device() {
        #expect(failure("/dev/null").hasPrefix("/dev/null: cannot open: not a regular file"))
    }

    @Test("an empty path is refused")
    func emptyPath() {
        #expect(failure("").contains("the path is empty"))
    }

    @Test("a place where no file can be made is told with the system's reason")
    func cannotCreate() {
        let message = failure("/proc/forum.sqlite")
        #expect(message.hasPrefix("/proc/forum.sqlite: cannot open: "))
        #expect(!message.contains("\n"))
    }

    @Test("a file that this user may not read is refused", .enabled(if: geteuid() != 0))
    func unreadable() async throws {
        await (try Store.notes(folder)).close()
        let path = folder.file("notes.sqlite")
        chmod(path, 0)
        #expect(failure(path) == "\(path): cannot open: Permission denied")
    }

    @Test("a file that this user may not write is refused", .enabled(if: geteuid() != 0))
    func unwritable() async throws {
        await (try Store.notes(folder)).close()
        let path = folder.file("notes.sqlite")
        chmod(path, 0o400)
        #expect(failure(path).hasPrefix("\(path): not writable"))
    }

    @Test("a database of another program is refused and left as it is")
    func foreign() async throws {
        let theirs = Migration(1, "theirs", Array("CREATE TABLE theirs (x)".utf8))
        let store = try Store(path: folder.file("theirs.sqlite"), migrations: [theirs])
        let forget = Query<Void, Void>("DROP TABLE schema_migration")
        try await store.write { try $0.run(forget) }
        await store.close()
        let bytes = folder.bytes("theirs.sqlite")
        let path = folder.file("theirs.sqlite")
        #expect(failure(path) == "\(path): holds tables of another program; name another file")
        #expect(folder.bytes("theirs.sqlite") == bytes)
    }

    @Test("an empty file becomes a store")
    func emptyFile() throws {
        folder.write("notes.sqlite", bytes: [])
        #expect(try Store.notes(folder).count() == 0)
    }

    @Test("a new store is readable by its owner only")
    func privateFile() throws {
        let store = try Store.notes(folder)
        for name in folder.names {
            var status = stat()
            stat(folder.file(name), &status)
            #expect(status.st_mode & 0o777 == 0o600, "\(name)")
        }
        _ = store
    }
}
