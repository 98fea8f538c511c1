//! Items in macros that keep them or leave them out.
cfg_net! {
// <- reference read
    pub use tcp::TcpStream;
    //           ^ import tcp: TcpStream
    mod tcp;
    //  ^ definition module
    //  ^ import tcp

    cfg_unix! { pub fn bind<'a>(at: &'a str) -> char { open('{', at) } }
    //                 ^ definition function
    //                                                 ^ reference call
}

pin_project! {
    /// Wakes up { later.
    pub struct Sleep<F> { #[pin] entry: F }
    //         ^ definition struct
    //                           ^ definition field in Sleep
}

impl<F> Sleep<F> {
    cfg_time! { pub fn reset(self: Pin<&mut Self>) {} }
    //                 ^ definition method of Sleep
}

cfg_if::cfg_if! {
    if #[cfg(all(unix, feature = "epoll"))] { mod epoll; }
    //                                            ^ definition module
    //                                            ^ import epoll
    else if #[cfg(windows)] { mod iocp; }
    //                            ^ definition module
    //                            ^ import iocp
    else { compile_error!("no system"); }
    //     ^ reference call
}

cfg_odd! { pub struct Mode: u32 { const FAST = 1; } }
//                    ^ definition struct
//                                      ^ definition constant
