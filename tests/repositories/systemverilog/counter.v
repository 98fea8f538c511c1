// Verilog of the old form: ports are declared below the heading.
module counter(clk, q);
//     ^ definition module
  input clk;
  //    ^ definition property in counter
  output [3:0] q;
  //           ^ definition property in counter
  reg [3:0] q;
  //        ^ definition variable in counter
  localparam LAST = 4'hf;
  //         ^ definition constant in counter
  event done;
  //    ^ definition variable in counter

  function [3:0] next;
  //             ^ definition function in counter
    input [3:0] from;
    //          ^ reference write
    begin
      next = from + 1;
      // <- reference write
    end
  endfunction

  task show;
  //   ^ definition function in counter
    $display("%d", q);
  endtask

  always @(posedge clk) begin
    q <= next(q);
    // <- reference write
    //   ^ reference call
    if (q == LAST) show;
    //             ^ reference call
  end
endmodule

primitive both(o, a, b);
//        ^ definition module
  output o;
  input a, b;
  table 1 1 : 1; endtable
endprimitive
