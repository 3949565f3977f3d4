/// Fast random numbers for trace identifiers and choices between targets; predictable, so never for
/// secrets.
package struct LoopRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Seeded from the system.
    package init() { self.init(seed: UInt64.random(in: 0 ... .max)) }

    /// The same numbers for the same seed.
    package init(seed: UInt64) { state = seed }

    /// SplitMix64: one addition and three mixing steps.
    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
