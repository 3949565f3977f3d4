import Gateway

@main struct GatewayMain {
    static func main() async { await GatewayProcess.run() }
}
