module cart
!      ^ definition module
  use prices, only: rate
  !                 ^ import prices: rate in cart
  use tax
  !   ^ import tax: * in cart
  implicit none
  integer, parameter :: dp = kind(1.0d0)
  !                     ^ definition constant in cart
  real(dp) :: total, lines(10)
  !           ^ definition variable in cart
  !                  ^ definition variable in cart
  type, extends(base) :: item
  !             ^ reference inherit
  !                      ^ definition struct in cart
    integer :: count = 0
    !          ^ definition field in cart.item
  contains
    procedure :: name => get_name
    !            ^ definition method in cart.item
    !                    ^ reference read
  end type item
  interface swap
  !         ^ definition interface in cart
    module procedure swap_int
    !                ^ reference read
  end interface
  interface
    subroutine outside(x)
    !          ^ nothing
      real :: x
    end subroutine
  end interface
  enum, bind(c)
    enumerator :: open = 1
    !             ^ definition enum_member in cart
  end enum
contains
  pure function sum_up(prices) result(s)
  !             ^ definition function in cart
  !                    ^ reference write
    real, intent(in) :: prices(:)
    real :: s
    !       ^ reference write
    s = sum(prices)
  ! ^ reference write
  !     ^ reference call
  contains
    subroutine inner()
    !          ^ definition function in cart.sum_up
    end subroutine
  end function sum_up
  subroutine fill(n)
  !          ^ definition function in cart
    integer :: n
    call outside(1.0)
    !    ^ reference call
  end subroutine
end module cart

program main
!       ^ definition module
  integer :: i
  !          ^ definition variable in main
end program main
