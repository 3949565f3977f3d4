@main struct LoadMain {
    static func main() {}
}
