@main struct MonolithMain {
    static func main() {}
}
