/// The codes with which `elbv2` refuses a request, and so the ones a configuration is refused with
/// here.
package enum AWSErrorCode: String, Sendable {
    /// A value of the wrong type, out of range, missing or unknown.
    case validationError = "ValidationError"
    case priorityInUse = "PriorityInUse"
    case operationNotPermitted = "OperationNotPermitted"
    case invalidLoadBalancerAction = "InvalidLoadBalancerAction"
    case invalidConfigurationRequest = "InvalidConfigurationRequest"
    case unsupportedProtocol = "UnsupportedProtocol"
    case targetGroupNotFound = "TargetGroupNotFound"
    case invalidTarget = "InvalidTarget"
    case duplicateListener = "DuplicateListener"
    case duplicateTargetGroupName = "DuplicateTargetGroupName"
    case tooManyListeners = "TooManyListeners"
    case tooManyRules = "TooManyRules"
    case tooManyActions = "TooManyActions"
    case tooManyTargetGroups = "TooManyTargetGroups"
    case tooManyTargets = "TooManyTargets"
}
