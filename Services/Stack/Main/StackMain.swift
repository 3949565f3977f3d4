@main struct StackMain {
    static func main() {}
}
