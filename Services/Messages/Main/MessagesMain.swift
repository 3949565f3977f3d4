@main struct MessagesMain {
    static func main() {}
}
