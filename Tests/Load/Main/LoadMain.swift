import Glibc
import LoadEngine

@main struct LoadMain {
    static func main() {
        exit(LoadCommand.run(Array(CommandLine.arguments.dropFirst())))
    }
}
