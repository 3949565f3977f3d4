/// One step of a schema: numbered, embedded in the program, and never edited once it was released.
package struct Migration: Sendable {
    /// 1, 2, 3 … without gaps.
    package let number: Int

    /// What it brings, for messages: `users`.
    package let name: String

    /// The statements, separated by semicolons, as they stand in the `.sql` file. They may not
    /// begin or end transactions.
    package let sql: [UInt8]

    /// A step that carries out `sql`, usually `PackageResources.V0001_users_sql`.
    package init(_ number: Int, _ name: String, _ sql: [UInt8]) {
        self.number = number
        self.name = name
        self.sql = sql
    }

    /// FNV-1a over the text, 64 bits. It finds an edit made by mistake, which is all it is for: who
    /// wants to deceive it could change the table of migrations as well, so a cryptographic hash
    /// (and a library for it) would protect nothing more.
    var checksum: Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in sql { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return Int64(bitPattern: hash)
    }
}
