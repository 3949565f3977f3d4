import CCurl
import HTTP

/// What the thread does: takes jobs, lets libcurl move bytes, tells the ends. Lives on that thread
/// only.
@safe final class CurlWorker {
    /// Without a job or a socket that is ready, the thread looks up so often at most.
    private static let waitMilliseconds: Int32 = 60_000
    /// Handles kept for the next requests: their settings are cheap, their buffers are not.
    private static let spareHandlesMax = 16

    private let inbox: CurlLoop
    private let multi: UnsafeMutableRawPointer
    private var transfers: [UInt64: CurlTransfer] = [:]
    private var spare: [CurlHandle] = []

    /// Nil if libcurl cannot be set up; then every job is refused.
    init?(inbox: CurlLoop) {
        guard CurlHandle.isLibraryReady, let multi = unsafe curl_multi_init() else {
            CurlWorker.refuse(inbox.closed())
            return nil
        }
        self.inbox = inbox
        unsafe self.multi = multi
        inbox.opened(unsafe CurlLoop.Waker(multi: multi))
    }

    func run() {
        var running: Int32 = 0
        while let jobs = inbox.take() {
            for job in jobs { perform(job) }
            unsafe curl_multi_perform(multi, &running)
            reap()
            unsafe curl_multi_poll(multi, nil, 0, CurlWorker.waitMilliseconds, nil)
        }
        CurlWorker.refuse(inbox.closed())
        for transfer in transfers.values { end(transfer, .failure(CurlFault.closed)) }
        spare = []
        unsafe curl_multi_cleanup(multi)
    }

    private func perform(_ job: CurlLoop.Job) {
        switch job {
        case .start(let plan): start(plan)
        case .resume(let id): transfers[id]?.handle.resume()
        case .cancel(let id): transfers[id].map { end($0, .failure(CurlFault.cancelled)) }
        }
    }

    private func start(_ plan: TransferPlan) {
        guard let handle = spare.popLast() ?? CurlHandle() else {
            return plan.refuse(CurlFault.unavailable)
        }
        let transfer = CurlTransfer(plan, handle)
        if let fault = transfer.prepare() {
            spare.append(handle)
            return plan.refuse(fault)
        }
        transfers[plan.id] = transfer
        unsafe curl_multi_add_handle(multi, handle.easy)
    }

    /// Tells the ends of the transfers that libcurl has finished with.
    private func reap() {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
            let easy = unsafe message.pointee.easy_handle
            let code = unsafe message.pointee.data.result
            let found = transfers.values.first { unsafe $0.handle.easy == easy }
            if let transfer = found { end(transfer, transfer.result(code)) }
        }
    }

    private func end(
        _ transfer: CurlTransfer, _ result: Result<ClientResponse, TransportError>
    ) {
        transfers[transfer.plan.id] = nil
        unsafe curl_multi_remove_handle(multi, transfer.handle.easy)
        transfer.finish(result)
        if spare.count < CurlWorker.spareHandlesMax {
            transfer.handle.reset()
            spare.append(transfer.handle)
        }
    }

    private static func refuse(_ jobs: [CurlLoop.Job]) {
        for case .start(let plan) in jobs { plan.refuse(CurlFault.closed) }
    }
}
