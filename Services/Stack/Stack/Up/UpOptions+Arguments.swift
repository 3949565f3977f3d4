import Launch

extension UpOptions {
    /// What `forum up` accepts.
    static let command = Command(
        "forum up", "Runs the whole forum on this machine until Ctrl-C.",
        options: [
            Command.Option("--monolith", nil, "one process with all three modules, no gateway"),
            Command.Option("--seed", nil, "fill in a small forum once everything is healthy"),
            Command.Option(
                "--replicas", "LIST", "processes of a service: messages=2 or users=2,topics=2"),
            Command.Option("--data", "DIR", "the data folder [$FORUM_DATA, else .forum]"),
            Command.Option("--port", "N", "the port for clients; 0: any free one [8080]"),
            Command.Option(
                "--admin-port", "N", "the gateway's port for operators; 0: any [the one after]"),
            Command.Option(
                "--address", "IP", "where clients connect; 0.0.0.0: everywhere [127.0.0.1]"),
            Command.Option(
                "--access-log", "FILE", "a line for each request; -: here [a file in the data]"),
            Command.Option("--bin", "DIR", "the folder with the programs [that of forum]"),
        ],
        details: """
            Starts users, topics and messages, each on a port of its own choice, and the gateway
            before them; or, with --monolith, one process on one port. What they print comes out
            here behind their names. A process that crashes is started again, after a wait that
            grows with each crash in a row. One that is told to end, by `kill PID`, stays ended, so
            that you can see what the others do without it.

            Ctrl-C ends the gateway first, so that no request fails, then the services; a second
            Ctrl-C ends everything at once. Nothing outlives this command, however it ends.

            The data folder keeps the three stores, the registry, the gateway's configuration (made
            anew at each start) and the admin secret for `forum import`. Split and monolith keep
            their data in the same files.

            Settings of the processes, such as FORUM_LOG_LEVEL, FORUM_LOOPS or
            FORUM_DRAIN_MILLISECONDS, are handed on from the environment.

            Exit codes: 0 ended as asked, 1 something failed, 64 a mistake on the command line.
            """)

    /// The options in `arguments`; where they are silent, those of the environment.
    init(_ arguments: Arguments, _ environment: inout Environment) throws(UsageError) {
        isMonolith = arguments.has("--monolith")
        isSeeded = arguments.has("--seed")
        data = arguments.text("--data") ?? environment.read(Settings.data, default: data)
        port =
            try arguments.integer("--port", in: 0...65_535)
            ?? environment.read(Settings.port, default: port)
        adminPort = try arguments.integer("--admin-port", in: 0...65_535)
        address =
            try UpOptions.address(arguments)
            ?? environment.read(Settings.address, default: address)
        accessLog = arguments.text("--access-log")
        programs = arguments.text("--bin") ?? ProgramFolder.own
        replicas = try UpOptions.replicas(arguments)
        if data.isEmpty { throw arguments.refuse("--data: expected the path of a folder") }
        if isMonolith, !replicas.isEmpty {
            throw arguments.refuse("--replicas: a monolith is one process")
        }
        if isMonolith, adminPort != nil {
            throw arguments.refuse("--admin-port: a monolith has no gateway")
        }
    }

    private static func address(_ arguments: Arguments) throws(UsageError) -> String? {
        guard let text = arguments.text("--address") else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) else {
            throw arguments.refuse("--address \(text): expected an IPv4 address such as 127.0.0.1")
        }
        return text
    }

    /// `messages=2,users=3`, in one option or several.
    private static func replicas(_ arguments: Arguments) throws(UsageError) -> [String: Int] {
        var replicas: [String: Int] = [:]
        for list in arguments.texts("--replicas") {
            for item in list.split(separator: ",", omittingEmptySubsequences: false) {
                let parts = item.split(separator: "=", omittingEmptySubsequences: false)
                guard parts.count == 2, let count = Int(parts[1]),
                    (1...UpOptions.replicasMax).contains(count)
                else {
                    let expected = "expected SERVICE=N, N in 1…\(UpOptions.replicasMax)"
                    throw arguments.refuse("--replicas \(item): \(expected)")
                }
                let service = String(parts[0])
                guard StackPlan.services.contains(service) else {
                    let services = StackPlan.services.joined(separator: ", ")
                    throw arguments.refuse(
                        "--replicas: there is no service '\(service)', only \(services)")
                }
                replicas[service] = count
            }
        }
        return replicas
    }
}
