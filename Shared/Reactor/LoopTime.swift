/// The time of one turn of a loop: all that happens in a turn happens at once.
@usableFromInline
struct LoopTime {
    @usableFromInline let nowMilliseconds = LoopClock.monotonicMilliseconds()
    @usableFromInline let wallMilliseconds = LoopClock.wallMilliseconds()

    init() {}
}
