import CCurl

/// One easy handle of libcurl, freed once, with its settings by type. Lives on the thread of its
/// worker.
@safe final class CurlHandle {
    /// Whether libcurl could be set up; asked once a process. 3 is CURL_GLOBAL_ALL.
    static let isLibraryReady = curl_global_init(3) == CURLE_OK

    let easy: UnsafeMutableRawPointer
    private let complaint = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var fields: UnsafeMutablePointer<curl_slist>?

    init?() {
        guard let easy = unsafe curl_easy_init() else { return nil }
        unsafe self.easy = easy
        unsafe complaint.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        unsafe curl_easy_cleanup(easy)
        unsafe curl_slist_free_all(fields)
        unsafe complaint.deallocate()
    }

    /// Forgets every setting; connections and buffers stay.
    func reset() {
        unsafe curl_easy_reset(easy)
        unsafe curl_slist_free_all(fields)
        unsafe fields = nil
    }

    func set(_ option: CURLoption, _ value: Int) {
        unsafe forum_curl_set_long(easy, option, value)
    }

    func set(_ option: CURLoption, size: Int) {
        unsafe forum_curl_set_offset(easy, option, curl_off_t(size))
    }

    /// libcurl keeps a copy of the text.
    func set(_ option: CURLoption, _ text: String) {
        unsafe forum_curl_set_string(easy, option, text)
    }

    func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        unsafe forum_curl_set_pointer(easy, option, pointer)
    }

    func set(_ option: CURLoption, _ function: @escaping forum_curl_transfer) {
        unsafe forum_curl_set_transfer(easy, option, function)
    }

    /// The field lines of the request, as libcurl writes them.
    func set(fieldLines lines: [String]) {
        for line in lines { unsafe fields = curl_slist_append(fields, line) }
        unsafe set(CURLOPT_HTTPHEADER, pointer: UnsafeMutableRawPointer(fields))
    }

    /// Details of the next failure are kept for `complaintText`.
    func keepComplaints() {
        unsafe complaint[0] = 0
        unsafe set(CURLOPT_ERRORBUFFER, pointer: UnsafeMutableRawPointer(complaint))
    }

    /// What libcurl said about the failure.
    func complaintText(_ code: CURLcode) -> String {
        let text = unsafe String(cString: complaint)
        return text.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : text
    }

    func number(_ information: CURLINFO) -> Int {
        var value = 0
        unsafe forum_curl_get_long(easy, information, &value)
        return value
    }

    /// Goes on with a transfer that a callback has paused. 0 is CURLPAUSE_CONT.
    func resume() { unsafe curl_easy_pause(easy, 0) }
}
