import Testing

@Suite("The direction of imports")
struct ImportTests {
    private static let values = [
        "Bytes", "JSON", "HTTP", "Telemetry", "Routing", "Markdown", "TextDiff", "Reference",
    ]
    private static let engines = [
        "Reactor", "HTTPServer", "HTTPClient", "SQLite", "Identity", "Curl", "Discovery", "Launch",
        "Search",
    ]
    /// What services are made with: above the engines, below every feature.
    private static let foundations = ["Outbox", "Records"]
    private static let sockets = ["HTTPServer", "HTTPClient", "Reactor", "Discovery", "Curl"]
    private static let services = ["UsersService", "TopicsService", "MessagesService"]

    private func files(_ folder: String) -> [SourceTree.File] {
        let found = SourceTree.swift.filter { $0.path.hasPrefix(folder + "/") }
        #expect(!found.isEmpty, "\(folder) holds no source")
        return found
    }

    private func forbid(_ forbidden: [String], in folder: String) {
        for file in files(folder) {
            for name in file.imports where forbidden.contains(name) {
                Issue.record("\(file.path) imports \(name)")
            }
        }
    }

    @Test("values import no engine and no feature", arguments: Self.values)
    func valuesStayPure(module: String) {
        forbid(
            Self.engines + Self.foundations + Self.services + ["Host", "Gateway"],
            in: "Shared/\(module)")
    }

    @Test("the lowest value imports nothing of ours")
    func bytesAlone() { forbid(Self.values + Self.engines, in: "Shared/Bytes") }

    @Test("engines import no feature", arguments: Self.engines)
    func enginesStayBelow(module: String) {
        forbid(
            Self.foundations + Self.services + ["Host", "Gateway", "Routing"],
            in: "Shared/\(module)")
    }

    @Test("what services are made with knows no socket and no service", arguments: Self.foundations)
    func foundationsStayBelow(module: String) {
        forbid(Self.sockets + Self.services + ["Host", "Gateway"], in: "Shared/\(module)")
    }

    @Test("what a store tells others knows nothing of who may write")
    func outboxBelowRecords() { forbid(["Records", "Identity"], in: "Shared/Outbox") }

    @Test("the gateway and the host know no service, and not each other")
    func edgesKnowNobody() {
        forbid(Self.services + ["Gateway"], in: "Shared/Host")
        forbid(
            Self.services + Self.foundations + ["Host", "SQLite", "Identity"],
            in: "Gateway/Gateway")
    }

    @Test(
        "a service knows no socket, no registry and no other service's inside",
        arguments: ["Users", "Topics", "Messages"])
    func servicesAreIslands(name: String) {
        let others = Self.services.filter { $0 != "\(name)Service" }
        forbid(
            others + Self.sockets + ["Host", "Gateway", "Launch"],
            in: "Services/\(name)/Service")
    }

    @Test(
        "each system library is seen by the modules that wrap it, and by tests",
        arguments: [
            ("CSQLite", ["Shared/SQLite/"]), ("CCrypto", ["Shared/Identity/"]),
            ("CCurl", ["Shared/Curl/"]),
            (
                "CLinux",
                [
                    "Shared/Reactor/", "Shared/Launch/", "Shared/Discovery/", "Services/Stack/",
                ]
            ),
        ])
    func systemLibraries(library: String, homes: [String]) {
        for file in SourceTree.shipped where file.imports.contains(library) {
            #expect(homes.contains { file.path.hasPrefix($0) }, "\(file.path) imports \(library)")
        }
    }

    @Test("shipped code never imports Foundation")
    func noFoundation() {
        for file in SourceTree.shipped {
            #expect(!file.imports.contains("Foundation"), "\(file.path)")
        }
    }

    @Test("a main only wires: forty lines at most")
    func mains() {
        for file in SourceTree.shipped where file.folder.hasSuffix("/Main") {
            #expect(file.lines.count <= 41, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test("the package depends on no other package and on no unsafe setting")
    func package() throws {
        let manifest = try SourceTree.text("Package.swift")
        for word in [".pack" + "age(", "unsafe" + "Flags", "enableExperimental" + "Feature"] {
            #expect(!manifest.contains(word), "Package.swift says \(word)")
        }
        #expect(manifest.contains(".strictMemorySafety()"))
    }
}
