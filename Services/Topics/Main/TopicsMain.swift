@main struct TopicsMain {
    static func main() {}
}
