import Reactor

/// The configuration that the gateway of a local forum runs with: the lab's three rules, one for
/// what the gateway explains itself, users for the rest.
enum GatewayFile {
    /// The text of the file, in the gateway's own words.
    static func text(entry: SocketAddress, admin: SocketAddress) -> String {
        """
        {
          "Listeners": [
            {
              "Address": "\(entry.host)",
              "Port": \(entry.port),
              "Protocol": "HTTP",
              "DefaultActions": [{ "Type": "forward", "TargetGroupArn": "users" }],
              "Rules": [
        \((rules + [reference]).joined(separator: ",\n"))
              ]
            }
          ],
          "TargetGroups": [
        \(groups.joined(separator: ",\n"))
          ],
          "Admin": { "Address": "\(admin.host)", "Port": \(admin.port) }
        }

        """
    }

    /// Path prefixes as clients know them, in the order of the services that answer them.
    private static let paths = ["/api/users", "/api/threads", "/api/posts"]

    private static var rules: [String] {
        zip(StackPlan.services, paths).enumerated().map { index, rule in
            """
                    {
                      "Priority": \(index + 1),
                      "Conditions": [{ "Field": "path-pattern", "Values": ["\(rule.1)*"] }],
                      "Actions": [{ "Type": "forward", "TargetGroupArn": "\(rule.0)" }]
                    }
            """
        }
    }

    /// The meaning of problems, and one description of the three services' API.
    private static var reference: String {
        let descriptions = zip(StackPlan.services, paths).map { service, path in
            """
                              { "TargetGroupArn": "\(service)", "Path": "\(path)/openapi.json" }
            """
        }
        return """
                    {
                      "Priority": \(paths.count + 1),
                      "Conditions": [
                        {
                          "Field": "path-pattern",
                          "Values": ["/openapi.json", "/openapi.json/", "/problems", "/problems/*"]
                        }
                      ],
                      "Actions": [
                        {
                          "Type": "reference",
                          "ReferenceConfig": {
                            "Descriptions": [
            \(descriptions.joined(separator: ",\n"))
                            ]
                          }
                        }
                      ]
                    }
            """
    }

    private static var groups: [String] {
        StackPlan.services.map { service in
            """
                {
                  "TargetGroupName": "\(service)",
                  "HealthCheckPath": "/readyz",
                  "HealthCheckIntervalSeconds": 5,
                  "HealthyThresholdCount": 2,
                  "UnhealthyThresholdCount": 2,
                  "Matcher": { "HttpCode": "200" },
                  "Discovery": {
                    "NamespaceName": "\(StackPlan.namespace)",
                    "ServiceName": "\(service)"
                  },
                  "Attributes": {
                    "load_balancing.algorithm.type": "least_outstanding_requests",
                    "deregistration_delay.timeout_seconds": "10"
                  }
                }
            """
        }
    }
}
