`include "defs.svh"
//       ^ import defs.svh
`define WIDTH 8
//      ^ definition macro
`define MAX(a, b) ((a) > (b) ? (a) : (b))
//      ^ definition macro
//          ^ reference write
//             ^ reference write

package cart_pkg;
//      ^ definition namespace
  import base_pkg::*;
  //     ^ reference import
  //               ^ import base_pkg: * in cart_pkg
  import money_pkg::cents_t;
  //     ^ reference import
  //                ^ import money_pkg: cents_t in cart_pkg
  //                ^ reference import
  typedef enum logic [1:0] { IDLE, BUSY = 2 } state_e;
  //                         ^ definition enum_member in cart_pkg.state_e
  //                               ^ definition enum_member in cart_pkg.state_e
  //                                          ^ definition enum in cart_pkg
  typedef struct packed { logic valid; cents_t [7:0] data; } line_t;
  //                            ^ definition field in cart_pkg.line_t
  //                                   ^ reference type
  //                                                 ^ definition field in cart_pkg.line_t
  //                                                         ^ definition struct in cart_pkg
  typedef class Cart;
  parameter int LIMIT = 10;
  //            ^ definition constant in cart_pkg

  function automatic int total(input int rate, int extra);
  //                     ^ definition function in cart_pkg
  //                                     ^ reference write
  //                                               ^ reference write
    int sum;
    //  ^ reference write
    sum = rate * LIMIT;
    // <- reference write
    return max(sum, extra);
    //     ^ reference call
  endfunction : total

  class Cart extends Base;
  //    ^ definition class in cart_pkg
  //                 ^ reference inherit
    rand int count;
    //       ^ definition field in cart_pkg.Cart
    local line_t lines[$];
    //    ^ reference type
    //           ^ definition field in cart_pkg.Cart
    constraint c_small { count < 10; }
    //         ^ definition property in cart_pkg.Cart
    covergroup cg; coverpoint count; endgroup
    //         ^ definition type in cart_pkg.Cart
    function new(string name = "cart");
    //       ^ definition constructor in cart_pkg.Cart
    //                  ^ reference write
      super.new();
      this.count = `MAX(1, 2);
      //   ^ reference write
      //            ^ reference call
    endfunction
    virtual task run();
    //           ^ definition method in cart_pkg.Cart
      helper.go(count);
      //     ^ reference call
    endtask
    extern function void close(int code);
    //                   ^ definition method in cart_pkg.Cart
    //                             ^ reference write
  endclass

  function void Cart::close(int code); endfunction
  //            ^ reference type
  //                  ^ definition method in cart_pkg of Cart
  //                            ^ reference write
endpackage : cart_pkg

interface bus_if #(parameter W = 4) (input logic clk);
//        ^ definition interface
//                           ^ definition constant in bus_if
//                                               ^ definition property in bus_if
  logic req;
  //    ^ definition field in bus_if
  modport master (output req);
  //      ^ definition type in bus_if
endinterface

module top #(parameter WIDTH = `WIDTH, parameter type T = int) (
//     ^ definition module
//                     ^ definition constant in top
//                              ^ reference call
//                                                    ^ definition type in top
  input  logic clk,
  //           ^ definition property in top
`ifdef DEBUG
  output logic probe,
  //           ^ definition property in top
`endif
  output reg [WIDTH-1:0] q,
  //                     ^ definition property in top
  bus_if.master bus
  // <- reference type
  //            ^ definition property in top
);
  wire a, b;
  //   ^ definition variable in top
  //      ^ definition variable in top
  genvar i;
  //     ^ definition variable in top
  adder #(.W(WIDTH)) u_add (.a(a), .y(q));
  // <- reference call
  //                 ^ definition variable in top
  generate for (i = 0; i < 4; i = i + 1) begin : g_loop
  //            ^ reference write
  //                                             ^ definition namespace in top
    stage u_stage (.x(a));
    // <- reference call
    //    ^ definition variable in top.g_loop
  end endgenerate
  always_ff @(posedge clk) begin : step
    reg seen;
    //  ^ reference write
    q <= cart_pkg::total(a, b);
    // <- reference write
    //             ^ reference call
    $display("x");
  end
  property p_busy; @(posedge clk) a |-> b; endproperty
  //       ^ definition function in top
  `ASSERT(Busy_A, a == b, clk, !b)
// ^ reference call
  import "DPI-C" function int peek(input int at);
  //                          ^ definition function in top
  //                                         ^ reference write
endmodule

bind top checks u_checks (.clk(clk));
//       ^ reference call
//              ^ definition variable
