import Glibc

/// The `load` program, apart from `exit`.
package enum LoadCommand {
    /// Runs a command line (without the program's name), prints its result and returns the exit
    /// status: 0 success, 1 failed requests or no run at all, 64 a wrong command line.
    package static func run(_ arguments: [String]) -> Int32 {
        do throws(LoadFailure) {
            let command = try Command(arguments)
            Interrupt.install()
            switch command {
            case .help(let topic):
                print(topic.text, to: STDOUT_FILENO)
                return 0
            case .run(let plan, let output): return try run(plan, output)
            case .ratio(let plan, let output): return try ratio(plan, output)
            }
        } catch {
            print("load: \(error.message)\n", to: STDERR_FILENO)
            return error.exitStatus
        }
    }

    private static func run(
        _ plan: LoadPlan, _ output: Command.Output
    ) throws(LoadFailure) -> Int32 {
        if !output.isJSON { print(LoadTable.heading(plan), to: STDOUT_FILENO) }
        let report = try LoadRun(plan: plan).report()
        let json = output.isJSON ? LoadJSON.value(report).text + "\n" : nil
        print(json ?? LoadTable(report: report).text, to: STDOUT_FILENO)
        return report.isClean || output.allowsErrors ? 0 : 1
    }

    private static func ratio(
        _ plan: RatioPlan, _ output: Command.Output
    ) throws(LoadFailure) -> Int32 {
        if !output.isJSON { print(RatioTable.heading(plan), to: STDOUT_FILENO) }
        let run = RatioRun(plan: plan) { round, side, report in
            // The result stays alone on standard output.
            print(RatioTable.line(round: round, side: side, report: report), to: STDERR_FILENO)
        }
        let report = try run.report()
        let json = output.isJSON ? RatioJSON.value(report).text + "\n" : nil
        print(json ?? RatioTable(report: report).text, to: STDOUT_FILENO)
        return report.isClean || output.allowsErrors ? 0 : 1
    }

    /// Writes all of it or, when nobody reads any more, gives up: there is no one to tell.
    private static func print(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
