import Launch
import Testing

@Suite("The command line")
struct ArgumentsTests {
    private let command = Command(
        "forum up", "Runs the forum.", operands: "[FILE]", operandCount: 0...1,
        options: [
            Command.Option("--port", "N", "the port"), Command.Option("--seed", nil, "fill it"),
            Command.Option("--replicas", "NAME=N", "copies"),
        ])

    private func parse(_ words: String...) throws -> Arguments {
        try Arguments(words, of: command)
    }

    private func reason(_ words: String...) -> String {
        do throws(UsageError) {
            let arguments = try Arguments(words, of: command)
            _ = try arguments.integer("--port", in: 0...65_535)
            return "accepted"
        } catch {
            return error.reason
        }
    }

    @Test("options, switches and operands are told apart, in both spellings")
    func parses() throws {
        let arguments = try parse("--port=80", "file", "--seed", "--replicas", "a=2")
        #expect(try arguments.integer("--port", in: 0...100) == 80)
        #expect(arguments.has("--seed") && arguments.operands == ["file"])
        #expect(arguments.texts("--replicas") == ["a=2"])
    }

    @Test("an option can be given more than once; the last one counts where one is wanted")
    func repeated() throws {
        let arguments = try parse("--replicas", "a=2", "--replicas", "b=3")
        #expect(arguments.texts("--replicas") == ["a=2", "b=3"])
        #expect(arguments.text("--replicas") == "b=3")
    }

    @Test("after -- everything is an operand")
    func endOfOptions() throws { #expect(try parse("--", "--seed").operands == ["--seed"]) }

    @Test("help is wanted even if the rest makes no sense")
    func help() throws { #expect(try parse("--nonsense", "--help").wantsHelp) }

    @Test("what makes no sense is said in a line")
    func refused() {
        #expect(reason("--prot", "1") == "unknown option --prot; did you mean --port?")
        #expect(reason("--port") == "--port needs a value: --port N")
        #expect(reason("--port", "x") == "--port x: expected a whole number in 0…65535")
        #expect(reason("--seed=1") == "--seed takes no value")
        #expect(reason("a", "b") == "'b' is one word too many")
    }

    @Test("the help text shows every option")
    func helpText() {
        for part in ["Usage: forum up [options] [FILE]", "--port N", "--seed", "--help"] {
            #expect(command.help.contains(part))
        }
    }
}
