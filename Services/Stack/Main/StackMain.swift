import Stack

@main struct StackMain {
    static func main() async {
        await ForumCommand.run(Array(CommandLine.arguments.dropFirst()))
    }
}
