@main struct UsersMain {
    static func main() {}
}
